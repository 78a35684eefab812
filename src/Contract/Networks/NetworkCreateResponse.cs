namespace Argosy.Contract.Networks;

/// <summary>The answer of <c>POST /networks/create</c>.</summary>
public sealed record NetworkCreateResponse
{
    public string Id { get; set; } = "";

    public string Warning { get; set; } = "";
}
