namespace Argosy.Contract.Containers;

/// <summary>An IP address with its prefix length.</summary>
public sealed record Address
{
    public string Addr { get; set; } = "";

    public int PrefixLen { get; init; }
}
