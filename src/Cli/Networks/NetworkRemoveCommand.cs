using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Client;

namespace Argosy.Cli.Networks;

/// <summary><c>argosy network rm</c>.</summary>
internal static class NetworkRemoveCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> force = Flag.Bool("--force", "Do not error if the network does not exist", "-f");
        return new VerbCommand("NETWORK [NETWORK...]", "Remove one or more networks") { force }.With(1, "argosy network rm front")
            .Runs((line, cancellationToken) => EachObject.DoAsync(session, line.Arguments, name => RemoveAsync(session, name, line.Get(force), cancellationToken)));
    }

    private static async Task RemoveAsync(CliSession session, string name, bool force, CancellationToken cancellationToken)
    {
        try
        {
            await session.Client.Networks.RemoveAsync(name, cancellationToken);
        }
        catch (ApiException missing) when (force && missing.StatusCode == global::System.Net.HttpStatusCode.NotFound)
        {
            // That is what was wanted.
        }
    }
}
