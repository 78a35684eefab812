namespace Argosy.Runtime.Oci;

/// <summary>config-linux.md.</summary>
internal sealed record OciLinux
{
    public required IReadOnlyList<OciNamespace> Namespaces { get; init; }
    public IReadOnlyList<OciDevice>? Devices { get; init; }
    public required string CgroupsPath { get; init; }
    public required OciResources Resources { get; init; }
    public IReadOnlyDictionary<string, string>? Sysctl { get; init; }
    public OciSeccomp? Seccomp { get; init; }
    public string? RootfsPropagation { get; init; }
    public IReadOnlyList<string>? MaskedPaths { get; init; }
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }
}
