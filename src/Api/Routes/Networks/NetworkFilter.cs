using System.Globalization;
using System.Text.RegularExpressions;
using Argosy.Api.Http;
using Argosy.Contract.Json;
using Argosy.Contract.Stacks;
using Argosy.Core;
using Argosy.Networks;

namespace Argosy.Api.Routes.Networks;

/// <summary>The filters of listing and of pruning. Values of one key are alternatives, but every label must match.</summary>
internal sealed class NetworkFilter
{
    private readonly Filters filters;
    private readonly bool? dangling;
    private readonly DateTimeOffset? until;

    private NetworkFilter(Filters filters, bool? dangling, DateTimeOffset? until) => (this.filters, this.dangling, this.until) = (filters, dangling, until);

    internal static NetworkFilter ForList(Filters filters)
    {
        filters.Require("dangling", "driver", "id", "label", "name", "scope", "type");
        foreach (string type in filters.Get("type"))
            if (type is not ("custom" or "builtin"))
                throw EngineException.Invalid($"invalid filter: 'type'='{type}'");
        return new NetworkFilter(filters, filters.GetBool("dangling"), null);
    }

    internal static NetworkFilter ForPrune(Filters filters, TimeProvider time)
    {
        filters.Require("label", "label!", "until");
        IReadOnlyList<string> until = filters.Get("until");
        if (until.Count > 1)
            throw EngineException.Invalid("more than one until filter specified");
        return new NetworkFilter(filters, null, until.Count == 0 ? null : ParseTime(until[0], time));
    }

    /// <param name="network">The candidate.</param>
    /// <param name="inUse">Asked for only when the filter wants to know.</param>
    internal bool Matches(NetworkRecord network, Func<bool> inUse) =>
        Any("driver", driver => network.Driver == driver)
        && Any("id", id => MatchesPattern(network.Id.Value, id))
        && Any("name", name => MatchesPattern(network.Name, name))
        && Any("scope", scope => scope == "local")
        && Any("type", type => (type == "builtin") == network.IsPredefined)
        && filters.MatchesLabels(network.Labels)
        && !filters.Get("label!").Any(label => Filters.MatchesLabel(network.Labels, label))
        && (until is null || network.Created <= until)
        && (dangling is null || dangling == (!network.IsPredefined && !inUse()));

    private bool Any(string key, Func<string, bool> matches) => !filters.Has(key) || filters.Get(key).Any(matches);

    /// <summary>As dockerd matches: the value itself, or a regular expression that is found in it.</summary>
    private static bool MatchesPattern(string value, string pattern)
    {
        try
        {
            return value == pattern || Regex.IsMatch(value, pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>A Unix time, RFC 3339, or a Go duration back from now.</summary>
    private static DateTimeOffset ParseTime(string text, TimeProvider time)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
            return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        if (GoDuration.TryParse(text, out TimeSpan ago))
            return time.GetUtcNow() - ago;
        return GoTime.TryParse(text, out DateTimeOffset at) ? at : throw EngineException.Invalid($"failed to parse value of until filter: {text}");
    }
}
