using System.Runtime.InteropServices;

namespace Argosy.Core;

/// <summary>An operating system and processor (OCI image index, platform object), such as <c>linux/amd64</c> or <c>linux/arm/v7</c>.</summary>
public sealed record Platform(string Os, string Architecture, string? Variant = null)
{
    /// <summary>The platform this process runs on, in GOARCH words.</summary>
    public static Platform Host { get; } = new("linux", RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture.Arm => "arm",
        System.Runtime.InteropServices.Architecture.X86 => "386",
        var other => other.ToString().ToLowerInvariant(),
    });

    /// <summary>Reads <c>os/arch[/variant]</c>, or <c>arch</c> alone.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when it is none.</exception>
    public static Platform Parse(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length > 3 || parts.Any(string.IsNullOrWhiteSpace))
            throw EngineException.Invalid($"\"{text}\": unknown operating system or architecture: invalid argument");
        return parts.Length switch
        {
            1 => new Platform("linux", Normal(parts[0])),
            2 => new Platform(parts[0].ToLowerInvariant(), Normal(parts[1])),
            _ => new Platform(parts[0].ToLowerInvariant(), Normal(parts[1]), parts[2].ToLowerInvariant()),
        };
    }

    /// <summary>True when an image for <paramref name="other"/> is what this platform asks for. No variant asked for: any fits.</summary>
    public bool Accepts(Platform other) =>
        Os == other.Os && Architecture == other.Architecture && (Variant is null || other.Variant is null || Variant == other.Variant);

    /// <inheritdoc/>
    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";

    private static string Normal(string architecture) => architecture.ToLowerInvariant() switch
    {
        "x86_64" or "x86-64" => "amd64",
        "aarch64" => "arm64",
        "i386" => "386",
        var other => other,
    };
}
