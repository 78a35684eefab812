namespace Argosy.Contract.Containers;

/// <summary>A host device made visible in the container.</summary>
public sealed record DeviceMapping
{
    public string PathOnHost { get; set; } = "";

    public string PathInContainer { get; set; } = "";

    public string CgroupPermissions { get; set; } = "";
}
