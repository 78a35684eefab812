using Argosy.Cli.Session;

namespace Argosy.Cli.Output;

/// <summary>Asks before something is removed for good. No input is a no.</summary>
internal static class Confirmation
{
    public static async Task<bool> AskAsync(CliSession session, string warning, CancellationToken cancellationToken)
    {
        await session.Out.WriteAsync(warning + "\nAre you sure you want to continue? [y/N] ");
        using var reader = new StreamReader(session.Streams.Input, leaveOpen: true);
        string? answer = await reader.ReadLineAsync(cancellationToken);
        return answer?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
