using System.Collections.Concurrent;
using System.Globalization;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Expansion;

/// <summary>
/// The values that a build was given, those that every build has, and the ARG instructions before the first FROM.
/// Keeps count of what was used: a value that nobody declared deserves a warning.
/// </summary>
internal sealed class BuildArguments
{
    private static readonly string[] Proxies =
        ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "FTP_PROXY", "ftp_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"];

    private readonly IReadOnlyDictionary<string, string?> given;
    private readonly Dictionary<string, string> global;
    private readonly ConcurrentDictionary<string, bool> consumed = new(StringComparer.Ordinal);

    // BuildKit knows these without a declaration; a step sees them only with one.
    private const string InlineCache = "BUILDKIT_INLINE_CACHE";
    private const string SourceDate = "SOURCE_DATE_EPOCH";

    private readonly Platform target;

    public BuildArguments(IReadOnlyDictionary<string, string?> given, Platform target)
    {
        (this.given, this.target) = (given, target);
        KeepsCache = given.GetValueOrDefault(InlineCache) is "1" or "true" or "True" or "TRUE" or "t" or "T";
        Epoch = EpochOf(given.GetValueOrDefault(SourceDate));
        global = PlatformArguments(target);
    }

    /// <summary>Proxy settings: they reach the steps without a declaration, and neither the image nor the cache key.</summary>
    public IEnumerable<KeyValuePair<string, string>> ProxySettings =>
        given.Where(pair => pair.Value is not null && Proxies.Contains(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!));

    /// <summary>The time that everything of the image has that would be later otherwise; null when none was given. Whole seconds.</summary>
    public DateTimeOffset? Epoch { get; }

    /// <summary>Whether the image keeps the results of its steps, for builds elsewhere.</summary>
    public bool KeepsCache { get; }

    /// <summary>Given, but declared nowhere.</summary>
    public IReadOnlyList<string> Unconsumed =>
        [.. given.Keys.Where(name => !consumed.ContainsKey(name) && !Proxies.Contains(name) && name is not (SourceDate or InlineCache or Checks.DockerfileChecks.Argument)).Order(StringComparer.Ordinal)];

    /// <summary>Declares an argument before the first FROM.</summary>
    public void DeclareGlobal(ArgDeclaration declaration, char escape)
    {
        string? value = Given(declaration.Name) ?? (declaration.Default is { } text ? WordExpander.Expand(text, LookUpGlobal, escape) : null);
        if (value is not null)
            global[declaration.Name] = value;
    }

    /// <summary>What was given, without counting it as used.</summary>
    public string? Peek(string name) => given.GetValueOrDefault(name);

    /// <summary>The names of the scope that FROM instructions see, the predefined ones with them.</summary>
    public IEnumerable<string> Globals => global.Keys;

    /// <summary>The same scope for a build that nobody gave a value to.</summary>
    public BuildArguments WithoutValues(Dockerfile dockerfile)
    {
        var defaults = new BuildArguments(new Dictionary<string, string?>(), target);
        foreach (ArgDeclaration declaration in dockerfile.GlobalArgs.SelectMany(arg => arg.Declarations))
            defaults.TryDeclareGlobal(declaration, dockerfile.Escape);
        return defaults;
    }

    /// <summary>A value of the scope that FROM instructions see.</summary>
    public string? LookUpGlobal(string name) => global.GetValueOrDefault(name);

    /// <summary>What an ARG instruction of a stage gets: what was given, else its default, else the global value.</summary>
    public string? Resolve(ArgDeclaration declaration, Func<string, string?> lookUp, char escape) =>
        Given(declaration.Name)
        ?? (declaration.Default is { } text ? WordExpander.Expand(text, lookUp, escape) : LookUpGlobal(declaration.Name));

    public static bool IsProxy(string name) => Proxies.Contains(name);

    /// <summary>A default that cannot be expanded is none.</summary>
    private void TryDeclareGlobal(ArgDeclaration declaration, char escape)
    {
        try
        {
            DeclareGlobal(declaration, escape);
        }
        catch (ExpansionException)
        {
            // Whoever builds with it is told.
        }
    }

    private string? Given(string name)
    {
        consumed[name] = true;
        return given.GetValueOrDefault(name);
    }

    private static DateTimeOffset? EpochOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        bool isTime = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds)
            && seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        return isTime ? DateTimeOffset.FromUnixTimeSeconds(seconds) : throw EngineException.Invalid($"invalid {SourceDate}: {text}");
    }

    private static Dictionary<string, string> PlatformArguments(Platform target)
    {
        Platform host = Platform.Host;
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TARGETPLATFORM"] = target.ToString(),
            ["TARGETOS"] = target.Os,
            ["TARGETARCH"] = target.Architecture,
            ["TARGETVARIANT"] = target.Variant ?? "",
            ["BUILDPLATFORM"] = host.ToString(),
            ["BUILDOS"] = host.Os,
            ["BUILDARCH"] = host.Architecture,
            ["BUILDVARIANT"] = host.Variant ?? "",
        };
    }
}
