using System.Globalization;
using System.Net;

namespace Argosy.Client.Transport;

/// <summary>
/// The API version a client speaks. It begins with the newest it knows, without asking: only an engine that is older
/// costs a round trip, on its first refusal.
/// </summary>
internal sealed class ApiVersionChoice(string? fixedVersion = null)
{
    /// <summary>The newest version of the Engine API that this client knows.</summary>
    public const string Newest = "1.51";

    public string Current { get; private set; } = fixedVersion ?? Newest;

    public string Prefix => "/v" + Current;

    /// <summary>True when the user fixed the version or the engine was asked.</summary>
    public bool IsSettled { get; private set; } = fixedVersion is not null;

    /// <summary>True when the engine may be too old for our version. The answer to HEAD has no text that would tell.</summary>
    public bool MustNegotiate(ApiException refusal, HttpMethod method) =>
        !IsSettled && refusal.StatusCode == HttpStatusCode.BadRequest
        && (method == HttpMethod.Head || refusal.Message.Contains("is too new", StringComparison.Ordinal));

    /// <summary>Takes the older of the engine's version and ours; an engine that names none is as old as 1.24.</summary>
    public void Settle(string? engineVersion)
    {
        IsSettled = true;
        string offered = engineVersion ?? "1.24";
        if (Compare(offered, Current) < 0)
            Current = offered;
    }

    private static int Compare(string left, string right) => Parse(left).CompareTo(Parse(right));

    private static Version Parse(string text) => System.Version.TryParse(text, out Version? version)
        ? version
        : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"\"{text}\" is no API version"));
}
