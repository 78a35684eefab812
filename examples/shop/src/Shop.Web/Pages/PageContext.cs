namespace Shop.Web.Pages;

/// <summary>What every page needs to know about who looks at it.</summary>
/// <param name="FormToken">Goes into every form.</param>
/// <param name="CartPieces">Null when it is not known.</param>
internal sealed record PageContext(string FormToken, int? CartPieces, string? Query = null);
