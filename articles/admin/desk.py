"""What every table of the administration has in common: it is read within the bounds of visibility, nothing is
deleted, and what may be changed goes through an operation under the version the person saw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin.past import change_sentences, past_of
from articles.models import Stale

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    ModelForm = forms.ModelForm[Any]
    RowPaginator = Paginator[Any]
else:
    ModelAdmin = admin.ModelAdmin
    ModelForm = forms.ModelForm
    RowPaginator = Paginator

MOST_COUNTED = 10_000


class BoundedPaginator(RowPaginator):
    """Counts no further than anybody turns pages; what lies beyond is found by searching."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[:MOST_COUNTED].count())


def page_link(page: str, noun: Any, text: str | Promise) -> SafeString:
    """A link to a noun's page on the desk."""
    return format_html('<a href="{}">{}</a>', reverse(page, args=[noun.uid]), text)


def list_link(model: type[models.Model], text: str | Promise, **filters: Any) -> SafeString:
    """A link to another table here, filtered."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    return format_html('<a href="{}?{}">{}</a>', address, query, text)


def act_of(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and when: what every operation is told."""
    return {"by": request.user, "at": timezone.now()}


class DeskAdmin(ModelAdmin):
    """A table to be read."""

    visible: Callable[[Any], models.QuerySet[Any]]
    """The rows a person may know of; for others they are not there."""

    left_out: ClassVar[Sequence[str]] = ()
    """Columns that are not for reading: keys, bytes, search words, and links to what may be hidden."""

    show_full_result_count = False
    list_per_page = 50
    paginator = BoundedPaginator
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    ordering: ClassVar[tuple[str, ...]] = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return type(self).visible(request.user).order_by(*self.ordering)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_readonly_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*self.readonly_fields, *self._columns()]

    def _columns(self) -> list[str]:
        """Every column but the key, search words and what is left out."""
        return [
            field.name
            for field in self.model._meta.concrete_fields
            if not (field.primary_key or field.generated or field.name in self.left_out)
        ]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer and accept only what the person may know of."""
        other = self.admin_site._registry.get(db_field.remote_field.model)
        if other is not None and "queryset" not in kwargs:
            kwargs["queryset"] = other.get_queryset(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What became of a thing: every change, whoever or whatever made it, newest first."""
        noun = self.get_object(request, object_id)
        if noun is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(noun)s") % {"noun": noun},
            "past": past_of(noun),
            "object": noun,
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/past.html", context)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        # What one may not know of is not there, and says so as every other page does.
        raise Http404

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The history that the database keeps is the only one; a second would outlive a restriction."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As :meth:`log_addition`."""


class VersionedForm(ModelForm):
    """A form that knows which version of the thing it shows."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *values: Any, **names: Any) -> None:
        super().__init__(*values, **names)
        self.fields["seen"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        """:raises ValidationError: when somebody changed the thing since; it says what."""
        cleaned = super().clean() or {}
        seen, stands = cleaned.get("seen"), self.instance.version
        if self.instance.pk and seen != stands:
            received: Any = self.data
            sent = received.copy()
            sent["seen"] = str(stands)
            self.data = sent
            raise forms.ValidationError(stale_sentences(self.instance, seen or 0))
        return cleaned


def stale_sentences(noun: Any, seen: int) -> list[str]:
    """What somebody is told whose change came second."""
    stands = type(noun)._base_manager.get(pk=noun.pk)
    return [
        _("Somebody changed this while you were writing. Nothing is saved yet; saving again writes over it."),
        *change_sentences(stands, seen),
    ]


class OperatedAdmin(DeskAdmin):
    """A table some columns of which may be changed, each change one operation."""

    operate: Callable[..., None]
    """Does the operation on a noun, given ``seen``, ``by``, ``at`` and the values that changed."""

    form = VersionedForm
    changeable: ClassVar[Sequence[str]] = ()
    change_right: ClassVar[str] = ""
    refusals: ClassVar[tuple[type[Exception], ...]] = ()
    """What the operation raises when a law stands in the way; shown as an error, never as a failure."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj) and bool(request.user.has_perm(self.change_right, obj))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None and self.has_add_permission(request):
            return list(self.changeable)
        if not self.has_change_permission(request, obj):
            return self.get_readonly_fields(request, obj)
        return [*self.changeable, "seen", *self.get_readonly_fields(request, obj)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        every = super().get_readonly_fields(request, obj)
        if not self.has_change_permission(request, obj):
            return every
        return [name for name in every if name not in self.changeable]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        # The hidden version is the form's own, not a column, and a form that only shows has none.
        kwargs["fields"] = [name for name in kwargs.get("fields") or self.changeable if name != "seen"]
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        values = {name: form.cleaned_data[name] for name in form.changed_data if name in self.changeable}
        if not values:
            return
        noun = self.model._base_manager.get(pk=obj.pk)
        self.operate(noun, seen=form.cleaned_data["seen"], **act_of(request), **values)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Stale as conflict:
            sentences = stale_sentences(conflict.noun, conflict.seen)
        except self.refusals as refusal:
            sentences = [str(refusal)]
        except IntegrityError as error:
            sentences = [_("The database refused this: %(law)s") % {"law": str(error).splitlines()[0]}]
        for sentence in sentences:
            messages.error(request, sentence)
        return HttpResponseRedirect(request.get_full_path())
