using System.Net;
using System.Text;
using System.Text.Json;
using Argosy.Contract.System;

namespace Argosy.Client.Transport;

/// <summary>The sentence in an error answer: <c>{"message": …}</c>, or plain text from a proxy in between.</summary>
internal static class ErrorText
{
    public static string Read(ReadOnlySpan<byte> body, HttpStatusCode status)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, SystemJson.Default.ErrorResponse)?.Message is { Length: > 0 } message)
                return message;
        }
        catch (JsonException)
        {
            // No JSON: the text itself is all there is.
        }
        string text = Encoding.UTF8.GetString(body).Trim();
        return text.Length > 0 ? text : $"request returned {(int)status} {status} without a message";
    }
}
