using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.System;

namespace Argosy.Cli.Registry;

/// <summary><c>argosy login</c> and <c>argosy logout</c>.</summary>
internal static class LoginCommand
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new Verb("login", "Authenticate to a registry", Create),
        new Verb("logout", "Log out from a registry", CreateLogout),
    ];

    private static VerbCommand Create(CliSession session)
    {
        Option<string?> user = Flag.Text("--username", "Username", "-u");
        Option<string?> password = Flag.Text("--password", "Password or Personal Access Token (PAT)", "-p");
        Option<bool> passwordStdin = Flag.Bool("--password-stdin", "Take the Password or Personal Access Token (PAT) from stdin");
        return new VerbCommand("[OPTIONS] [SERVER]", "Authenticate to a registry")
        {
            user, password, passwordStdin,
        }.With(0, 1, "argosy login registry.example.com", "cat token | argosy login -u ci --password-stdin registry.example.com").Runs(async (line, cancellationToken) =>
        {
            string server = RegistryNames.Key(line.Arguments.Count == 1 ? line.Arguments[0].Replace("https://", "", StringComparison.Ordinal).TrimEnd('/') : "");
            if (line.Get(password) is not null && line.Get(passwordStdin))
                throw new CliException("conflicting options: cannot specify both --password and --password-stdin");
            if (line.Get(password) is not null)
                await session.Error.WriteLineAsync("WARNING! Using --password via the CLI is insecure. Use --password-stdin.");
            bool asksNothing = line.Get(user) is null && line.Get(password) is null && !line.Get(passwordStdin);
            if (asksNothing && await TryKnownAsync(session, server, cancellationToken))
                return;
            var prompt = new LoginPrompt(session);
            Credentials credentials = await prompt.AskAsync(line.Get(user), line.Get(password), line.Get(passwordStdin), cancellationToken);
            await LogInAsync(session, server, credentials, cancellationToken);
        });
    }

    /// <summary>Without a name or a password, those that are kept are tried first.</summary>
    private static async Task<bool> TryKnownAsync(CliSession session, string server, CancellationToken cancellationToken)
    {
        if (await CredentialStore.Open(session.Global).FindAsync(server, cancellationToken) is not { } known)
            return false;
        await session.Out.WriteLineAsync("Authenticating with existing credentials...");
        try
        {
            await LogInAsync(session, server, known, cancellationToken);
            return true;
        }
        catch (ApiException refusal)
        {
            await session.Error.WriteLineAsync($"Login did not succeed, error: {FailureText.Refused(refusal)}");
            return false;
        }
    }

    private static async Task LogInAsync(CliSession session, string server, Credentials credentials, CancellationToken cancellationToken)
    {
        AuthResponse answer = await session.Client.System.AuthenticateAsync(CredentialStore.ToWire(server, credentials), cancellationToken);
        if (answer.IdentityToken is { Length: > 0 } token)
            credentials = credentials with { Password = "", IdentityToken = token };
        var store = CredentialStore.Open(session.Global);
        if (!await store.StoreAsync(server, credentials, cancellationToken))
            await session.Error.WriteLineAsync($"\nWARNING! Your credentials are stored unencrypted in '{store.FileName}'.\nConfigure a credential helper (\"credsStore\") to remove this warning.\n");
        await session.Out.WriteLineAsync(answer.Status);
    }

    private static VerbCommand CreateLogout(CliSession session) =>
        new VerbCommand("[SERVER]", "Log out from a registry").With(0, 1, "argosy logout registry.example.com").Runs(async (line, cancellationToken) =>
        {
            string host = line.Arguments.Count == 1 ? line.Arguments[0] : "";
            string server = RegistryNames.Key(host);
            var store = CredentialStore.Open(session.Global);
            if (await store.FindAsync(server, cancellationToken) is null)
            {
                await session.Out.WriteLineAsync($"Not logged in to {server}");
                return;
            }
            await session.Out.WriteLineAsync($"Removing login credentials for {server}");
            await store.EraseAsync(server, cancellationToken);
        });
}
