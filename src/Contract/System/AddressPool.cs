namespace Argosy.Contract.System;

/// <summary>A pool that new networks take their subnets from.</summary>
public sealed record AddressPool
{
    public string Base { get; set; } = "";

    public int Size { get; init; }
}
