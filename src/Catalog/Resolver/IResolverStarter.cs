namespace Argosy.Catalog.Resolver;

/// <summary>Starts resolvers: as processes, or in the tests' own.</summary>
internal interface IResolverStarter
{
    /// <summary>Starts one, which will listen on the control socket in a moment.</summary>
    /// <exception cref="IOException">It cannot be started.</exception>
    IResolverProcess Start();

    /// <summary>What the last one had to complain about; empty if nothing.</summary>
    string ReadLog();
}
