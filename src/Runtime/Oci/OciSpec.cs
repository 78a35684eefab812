namespace Argosy.Runtime.Oci;

/// <summary>config.json (OCI runtime spec 1.0.2, config.md); only what Argosy writes.</summary>
internal sealed record OciSpec
{
    public string OciVersion { get; init; } = "1.0.2";
    public required OciProcess Process { get; init; }
    public required OciRoot Root { get; init; }
    public string? Hostname { get; init; }
    public string? Domainname { get; init; }
    public required IReadOnlyList<OciMount> Mounts { get; init; }
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
    public required OciLinux Linux { get; init; }
}
