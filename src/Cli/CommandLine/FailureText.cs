using System.Net.Sockets;
using System.Text.Json;
using Argosy.Client;
using Argosy.Linux;

namespace Argosy.Cli.CommandLine;

/// <summary>What the user reads about a failure: the engine's sentence, and what to do next where we know it.</summary>
internal static class FailureText
{
    public static bool TryDescribe(Exception failure, out string text)
    {
        text = failure switch
        {
            CliException cli => cli.Message,
            ApiException api => Refused(api),
            EngineConnectionException connection => Unreachable(connection),
            OperationCanceledException => "",
            FormatException or InvalidDataException => failure.Message,
            JsonException json => $"the engine's answer is no JSON this client understands: {json.Message}",
            LinuxException or IOException or UnauthorizedAccessException or SocketException => failure.Message,
            _ => null!,
        };
        return text is not null;
    }

    public static string Refused(ApiException refusal) => $"Error response from daemon: {refusal.Message}";

    private static string Unreachable(EngineConnectionException failure)
    {
        string next = failure.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied }
            ? "Run it as root, or add your user to the group argosy."
            : "Start it with 'systemctl start argosyd', or name another engine with -H or ARGOSY_HOST.";
        return $"{failure.Message}\n{next}";
    }
}
