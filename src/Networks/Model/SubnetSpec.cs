namespace Argosy.Networks;

/// <summary>A wanted subnet as the user wrote it; empty texts are unset.</summary>
public sealed record SubnetSpec
{
    /// <summary>"10.1.0.0/24".</summary>
    public string Subnet { get; init; } = "";

    /// <summary>The part of it that addresses are given from.</summary>
    public string Range { get; init; } = "";

    /// <summary>The bridge's address.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>Addresses, by a name for each, that are not given to containers.</summary>
    public IReadOnlyDictionary<string, string> Auxiliary { get; init; } = new Dictionary<string, string>();
}
