namespace Argosy.Contract.Containers;

/// <summary>Where on the host a container's port is published; an empty port asks for any free one.</summary>
public sealed record PortBinding
{
    public string HostIp { get; set; } = "";

    public string HostPort { get; set; } = "";
}
