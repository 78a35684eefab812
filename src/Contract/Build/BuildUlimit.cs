namespace Argosy.Contract.Build;

/// <summary>An element of the <c>ulimits</c> parameter of <c>POST /build</c>.</summary>
public sealed record BuildUlimit
{
    public string Name { get; set; } = "";

    public long Hard { get; init; }

    public long Soft { get; init; }
}
