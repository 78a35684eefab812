using System.Net;
using System.Text.Json;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Cli.Templates;
using Argosy.Client;

namespace Argosy.Cli.Inspection;

/// <summary>Finds objects by name among some types, and prints them as JSON or by a template.</summary>
internal sealed class Inspector(CliSession session, IReadOnlyList<string> types, bool withSize)
{
    /// <summary>Prints what was found even when something was not.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> names, string? format, CancellationToken cancellationToken)
    {
        var documents = new List<JsonElement>();
        var failures = new List<string>();
        foreach (string name in names)
        {
            try
            {
                documents.Add(await FindAsync(name, cancellationToken));
            }
            catch (ApiException refusal)
            {
                failures.Add(FailureText.Refused(refusal));
            }
            catch (CliException missing)
            {
                failures.Add(missing.Message);
            }
        }
        await session.Out.WriteAsync(Format(documents, format));
        foreach (string failure in failures)
            await session.Error.WriteLineAsync(failure);
        return failures.Count == 0 ? 0 : 1;
    }

    private static string Format(List<JsonElement> documents, string? format)
    {
        if (format is null or "")
            return JsonText.Indented(documents) + "\n";
        if (format == "json")
            return JsonText.Compact(documents) + "\n";
        var template = Template.Parse(format);
        return string.Concat(documents.Select(document => template.Execute(GoText.FromJson(document)) + "\n"));
    }

    private async Task<JsonElement> FindAsync(string name, CancellationToken cancellationToken)
    {
        foreach (string type in types)
        {
            try
            {
                using JsonDocument document = await GetAsync(type, name, cancellationToken);
                return document.RootElement.Clone();
            }
            catch (ApiException missing) when (missing.StatusCode == HttpStatusCode.NotFound && types.Count > 1)
            {
                // Another type may have it.
            }
        }
        throw new CliException($"Error: No such object: {name}");
    }

    private Task<JsonDocument> GetAsync(string type, string name, CancellationToken cancellationToken) => type switch
    {
        "container" => session.Client.Containers.InspectRawAsync(name, withSize, cancellationToken),
        "image" => session.Client.Images.InspectRawAsync(name, cancellationToken),
        "network" => session.Client.Networks.InspectRawAsync(name, cancellationToken),
        _ => session.Client.Volumes.InspectRawAsync(name, withSize, cancellationToken),
    };
}
