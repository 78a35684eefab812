using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Argosy.Client.Transport;

/// <summary>Builds a path with its query; what is null, false or empty is left out.</summary>
internal sealed class Query(string path)
{
    private readonly StringBuilder text = new(path);
    private char separator = '?';

    public Query Add(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return this;
        text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        separator = '&';
        return this;
    }

    public Query Add(string name, bool value) => value ? Add(name, "1") : this;

    public Query Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public Query Add(string name, IReadOnlyList<string>? values)
    {
        foreach (string value in values ?? [])
            Add(name, value);
        return this;
    }

    /// <summary>Docker's filters: a JSON object of lists, <c>{"label":["a=b"]}</c>.</summary>
    public Query AddFilters(Filters? filters)
    {
        if (filters is null || filters.IsEmpty)
            return this;
        return Add("filters", filters.ToJson());
    }

    public override string ToString() => text.ToString();
}
