"""People and how they get in: for administrators alone. Keys and digests are shown to nobody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.desk import DeskAdmin, ModelForm, act_of
from articles.permissions import Role
from newsdesk.models import IdempotencyKey, SignInLink, Token, User, WebHook, WebHookAttempt, WebHookDelivery
from newsdesk.operations import OwnAccount, add_person, change_person, invite

INVITATION_DAYS = 7


class ForAdministrators(DeskAdmin):
    """A table that editors do not even see in the list of tables."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("annotations.administer"))


class PersonForm(ModelForm):
    """Who somebody is, and what they are on the desk."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        choices=[(role.value, role.value) for role in Role],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = User
        fields = ("username", "name", "email", "is_active")

    def __init__(self, *values: Any, **names: Any) -> None:
        super().__init__(*values, **names)
        if self.instance.pk:
            self.fields["roles"].initial = list(self.instance.groups.values_list("name", flat=True))


@admin.register(User)
class PersonAdmin(ForAdministrators):
    """Somebody new is invited: the answer shows a link that lets them in once, and shows it once."""

    form = PersonForm
    list_display = ("name", "username", "email", "roles_held", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("name", "username", "email")
    ordering = ("name", "pk")
    change_form_template = "admin/person_form.html"

    @staticmethod
    def visible(person: Any) -> QuerySet[User]:
        return User.objects.prefetch_related("groups")

    @admin.display(description=gettext_lazy("roles"))
    def roles_held(self, person: User) -> str:
        return ", ".join(sorted(group.name for group in person.groups.all()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["username", "name", "email", "roles"]
        return ["username", "name", "email", "roles", "is_active", "date_joined", "last_login"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is None else ["username", "date_joined", "last_login"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["fields"] = ["username", "name", "email"] if obj is None else ["name", "email", "is_active"]
        return super().get_form(request, obj, change, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(self.invite_again)
        return [path("<int:key>/invite/", again, name="newsdesk_user_invite"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        values = {name: form.cleaned_data[name] for name in ("name", "email", "roles")}
        act = act_of(request)
        if change:
            person = User.objects.get(pk=obj.pk)
            change_person(person=person, is_active=form.cleaned_data["is_active"], **values, **act)
        else:
            obj.pk = add_person(username=form.cleaned_data["username"], **values, **act).pk

    def changeform_view(self, request: HttpRequest, *values: Any, **names: Any) -> Any:
        try:
            return super().changeform_view(request, *values, **names)
        except OwnAccount as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._show_link(request, User.objects.get(pk=obj.pk))

    def invite_again(self, request: HttpRequest, key: int) -> HttpResponse:
        """A new link for somebody who lost the first, or never used it."""
        person = self.get_object(request, str(key))
        if request.method != "POST" or person is None or not self.has_view_permission(request):
            return HttpResponse(status=405 if request.method != "POST" else 403)
        return self._show_link(request, person)

    def _show_link(self, request: HttpRequest, person: User) -> HttpResponse:
        key = invite(person=person, days=INVITATION_DAYS, **act_of(request))
        link = reverse("sign_in_by_link", args=[key])
        context = {
            **self.admin_site.each_context(request),
            "title": _("%(person)s is invited") % {"person": person},
            "person": person,
            "link": request.build_absolute_uri(link),
            "days": INVITATION_DAYS,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/invited.html", context)


@admin.register(Token)
class TokenAdmin(ForAdministrators):
    left_out = ("digest",)
    list_display = ("name", "hint", "whose", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("person",)
    search_fields = ("name", "hint", "person__name")

    @staticmethod
    def visible(person: Any) -> QuerySet[Token]:
        return Token.objects.all()

    @admin.display(description=gettext_lazy("person"))
    def whose(self, token: Token) -> SafeString:
        address = reverse("admin:newsdesk_user_change", args=[token.person_id])
        return format_html('<a href="{}">{}</a>', address, token.person)


@admin.register(SignInLink)
class SignInLinkAdmin(ForAdministrators):
    left_out = ("digest",)
    list_display = ("person", "created_at", "expires_at", "used_at")
    list_filter = (("used_at", admin.EmptyFieldListFilter),)
    list_select_related = ("person",)
    search_fields = ("person__name",)

    @staticmethod
    def visible(person: Any) -> QuerySet[SignInLink]:
        return SignInLink.objects.all()


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(ForAdministrators):
    """What was answered is left out: it may speak of things that are not for this person."""

    left_out = ("answer",)
    list_display = ("key", "person", "status", "created_at")
    list_filter = ("status",)
    list_select_related = ("person",)
    search_fields = ("key", "person__name")

    @staticmethod
    def visible(person: Any) -> QuerySet[IdempotencyKey]:
        return IdempotencyKey.objects.all()


@admin.register(WebHook)
class WebHookAdmin(ForAdministrators):
    list_display = ("address", "events", "created_by", "created_at", "ended_at")
    list_select_related = ("created_by",)
    search_fields = ("address",)

    @staticmethod
    def visible(person: Any) -> QuerySet[WebHook]:
        return WebHook.objects.all()


@admin.register(WebHookDelivery)
class WebHookDeliveryAdmin(ForAdministrators):
    list_display = ("event", "hook", "state", "tries", "happened_at", "ended_at")
    list_filter = ("state", "event")
    list_select_related = ("hook",)
    search_fields = ("hook__address",)

    @staticmethod
    def visible(person: Any) -> QuerySet[WebHookDelivery]:
        return WebHookDelivery.objects.all()


@admin.register(WebHookAttempt)
class WebHookAttemptAdmin(ForAdministrators):
    list_display = ("delivery", "at", "status", "reason")
    list_select_related = ("delivery",)
    search_fields = ("delivery__hook__address",)

    @staticmethod
    def visible(person: Any) -> QuerySet[WebHookAttempt]:
        return WebHookAttempt.objects.all()
