namespace Shop.Web.Backends;

/// <summary>A service behind the storefront does not answer, or answers that it cannot; the page says so and asks for patience.</summary>
internal sealed class BackendAwayException(string backend, Exception? inner = null) : Exception($"{backend} is away", inner)
{
    internal string Backend { get; } = backend;
}
