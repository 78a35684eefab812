namespace Argosy.Contract.Stacks;

/// <summary>How a service joins one network.</summary>
public sealed record StackServiceNetwork
{
    public IReadOnlyList<string> Aliases { get; set; } = [];
    public string? Ipv4Address { get; init; }
    public string? Ipv6Address { get; init; }
    public string? MacAddress { get; init; }
    public int? Priority { get; init; }
    public IReadOnlyDictionary<string, string> DriverOpts { get; set; } = new Dictionary<string, string>();
}
