using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Contract.Stacks;

namespace Argosy.Cli.Compose;

/// <summary>Builds the images of services; the client has their contexts.</summary>
internal sealed class ServiceBuilder(CliSession session, StackSpec spec)
{
    /// <summary>Builds what is missing, or with <paramref name="force"/> everything that has a build section.</summary>
    public Task EnsureAsync(IReadOnlyList<string> services, bool force, bool mayBuild, CancellationToken cancellationToken)
    {
        _ = (session, spec, services, mayBuild, cancellationToken);
        return force ? throw new CliException("building is not there yet") : Task.CompletedTask;
    }
}
