namespace Argosy.Contract.System;

/// <summary>The containerd namespaces the engine uses.</summary>
public sealed record ContainerdNamespaces
{
    public string Containers { get; set; } = "";

    public string Plugins { get; set; } = "";
}
