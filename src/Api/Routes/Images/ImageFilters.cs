using Argosy.Api.Http;
using Argosy.Engine.Images;
using Microsoft.AspNetCore.Http;

namespace Argosy.Api.Routes.Images;

/// <summary>Reads the filters of list and prune.</summary>
internal sealed class ImageFilters(TimeProvider clock)
{
    internal ImageFilter ForList(HttpContext context)
    {
        Filters filters = context.Filters();
        filters.Require("dangling", "label", "before", "since", "reference", "until");
        return Common(filters) with
        {
            All = context.QueryBool("all"),
            Dangling = filters.GetBool("dangling"),
            References = context.Query("filter") is { Length: > 0 } old ? [old] : filters.Get("reference"),
            Before = filters.Get("before") is [.., var before] ? before : null,
            Since = filters.Get("since") is [.., var since] ? since : null,
            SharedSize = context.QueryBool("shared-size"),
        };
    }

    /// <summary>Without a filter only images without names go; <c>dangling=false</c> means all that are unused.</summary>
    internal ImageFilter ForPrune(HttpContext context)
    {
        Filters filters = context.Filters();
        filters.Require("dangling", "label", "label!", "until");
        return Common(filters) with { Dangling = filters.GetBool("dangling") ?? true ? true : null, WithoutLabels = filters.Get("label!") };
    }

    private ImageFilter Common(Filters filters) => new()
    {
        Labels = filters.Get("label"),
        Until = filters.Get("until") is [.., var until] ? TimeText.Parse(until, clock) : null,
    };
}
