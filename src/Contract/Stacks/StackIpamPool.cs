namespace Argosy.Contract.Stacks;

/// <summary>One subnet of a network.</summary>
public sealed record StackIpamPool
{
    public string? Subnet { get; init; }
    public string? IpRange { get; init; }
    public string? Gateway { get; init; }
    public IReadOnlyDictionary<string, string> AuxAddresses { get; set; } = new Dictionary<string, string>();
}
