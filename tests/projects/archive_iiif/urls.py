from django.urls import include, path

urlpatterns = [path("iiif/", include("iiif.urls"))]
