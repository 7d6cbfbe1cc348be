"""The addresses of this package, below each language's root. Finished pages link to them."""

from django.urls import path, re_path

from publication.voice.report_views import ask_page, follow_page, report_page
from publication.voice.subscribe_views import confirm_page, leave_page, subscribe_page
from publication.voice.supply_views import supply_page

urlpatterns = [
    re_path(r"^phan-anh/(?P<code>\d\.\d{6})/$", report_page),
    path("phan-anh/theo-doi/", ask_page),
    re_path(r"^phan-anh/theo-doi/(?P<reference>[0-9A-Z-]{14})/$", follow_page),
    re_path(r"^phan-anh/theo-doi/(?P<reference>[0-9A-Z-]{14})/bo-sung/$", supply_page),
    re_path(r"^nhan-tin/(?P<shelf>linh-vuc|co-quan|thu-tuc)/(?P<key>[\w.-]+)/$", subscribe_page),
    path("nhan-tin/xac-nhan/<str:token>/", confirm_page),
    path("nhan-tin/thoi-nhan/<str:leave_key>/", leave_page),
]
