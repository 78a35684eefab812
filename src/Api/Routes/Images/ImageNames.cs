using System.Text.Json;
using Argosy.Contract;
using Argosy.Core;

namespace Argosy.Api.Routes.Images;

/// <summary>Reads names and platforms as the image endpoints get them.</summary>
internal static class ImageNames
{
    /// <summary>A repository and a tag or digest from two parameters; a tag given apart wins over one in the name.</summary>
    internal static ImageReference Parse(string repository, string? tag)
    {
        if (string.IsNullOrEmpty(tag))
            return ImageReference.Parse(repository);
        if (tag.Contains(':', StringComparison.Ordinal))
            return ImageReference.Parse($"{WithoutTag(repository)}@{tag}");
        ImageReference name = ImageReference.Parse(repository);
        return ImageReference.TryParse($"{name.FamiliarName}:{tag}", out ImageReference? tagged) ? tagged
            : throw EngineException.Invalid("invalid tag format");
    }

    /// <summary>The registry's host that a search term begins with, and the rest; Docker Hub when there is none.</summary>
    internal static (string Domain, string Words) SplitDomain(string term)
    {
        int slash = term.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? "" : term[..slash];
        bool isHost = first == "localhost" || first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal);
        if (!isHost)
            return ("docker.io", term.StartsWith("library/", StringComparison.Ordinal) ? term["library/".Length..] : term);
        return (first == "index.docker.io" ? "docker.io" : first, term[(slash + 1)..]);
    }

    /// <summary>True when the name has neither tag nor digest.</summary>
    internal static bool IsBare(string name) =>
        !name.Contains('@', StringComparison.Ordinal) && name.LastIndexOf(':') <= name.LastIndexOf('/');

    /// <summary>A platform as <c>os/arch/variant</c>, or as JSON, which newer clients send.</summary>
    internal static Platform ParsePlatform(string text)
    {
        if (!text.StartsWith('{'))
            return Platform.Parse(text);
        OciPlatform platform = JsonSerializer.Deserialize(text, PlatformJson.Default.OciPlatform)
            ?? throw EngineException.Invalid("invalid platform: null");
        if (platform.Os.Length == 0 || platform.Architecture.Length == 0)
            throw EngineException.Invalid("both OS and Architecture must be provided");
        return new Platform(platform.Os, platform.Architecture, string.IsNullOrEmpty(platform.Variant) ? null : platform.Variant);
    }

    private static string WithoutTag(string name) => IsBare(name) ? name : ImageReference.Parse(name).FamiliarName;
}
