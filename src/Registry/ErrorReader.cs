using System.Net;
using System.Text.Json;

namespace Argosy.Registry;

/// <summary>Turns a refusing answer into an exception.</summary>
internal static class ErrorReader
{
    private const int BodyLimit = 64 * 1024;

    internal static async Task<RegistryException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ErrorDocument? document = await TryReadAsync(response, cancellationToken);
        string? code = document?.Errors is [var first, ..] ? first.Code : null;
        string? message = document?.Errors is { Count: > 0 } errors ? string.Join("; ", errors) : document?.Details ?? document?.Description;
        return new RegistryException(Classify(code, response.StatusCode), message ?? DefaultMessage(response)) { HasOwnWords = message is not null };
    }

    internal static RegistryError Classify(string? code, HttpStatusCode status) => (code, status) switch
    {
        ("MANIFEST_UNKNOWN", _) => RegistryError.ManifestUnknown,
        ("NAME_UNKNOWN", _) => RegistryError.NameUnknown,
        ("BLOB_UNKNOWN" or "BLOB_UPLOAD_UNKNOWN", _) => RegistryError.BlobUnknown,
        ("TOOMANYREQUESTS", _) or (_, HttpStatusCode.TooManyRequests) => RegistryError.TooManyRequests,
        ("DENIED", _) or (_, HttpStatusCode.Forbidden) => RegistryError.Denied,
        ("UNAUTHORIZED", _) or (_, HttpStatusCode.Unauthorized) => RegistryError.Unauthorized,
        _ => RegistryError.Other,
    };

    private static async Task<ErrorDocument?> TryReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            if (response.Content.Headers.ContentLength is > BodyLimit)
                return null;
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return JsonSerializer.Deserialize(body, RegistryJson.Default.ErrorDocument);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string DefaultMessage(HttpResponseMessage response)
    {
        HttpRequestMessage? request = response.RequestMessage;
        return $"{request?.Method} {request?.RequestUri}: unexpected status from registry: {(int)response.StatusCode} {response.ReasonPhrase}";
    }
}
