"""What shows that no change is ever lost: an archive at work, and harvesters that only ask for what is new."""
