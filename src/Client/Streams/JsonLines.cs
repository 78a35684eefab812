using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Argosy.Client;

/// <summary>Reads a stream of JSON documents one after the other, as soon as each is complete (progress, events, stats).</summary>
public static class JsonLines
{
    /// <summary>Yields every document up to the end of the stream; the stream is disposed at the end.</summary>
    /// <exception cref="JsonException">The stream holds something that is not JSON, or ends within a document.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(Stream stream, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream);
        try
        {
            while (true)
            {
                ReadResult result = await reader.ReadAsync(cancellationToken);
                ReadOnlySequence<byte> buffer = result.Buffer;
                while (TryTake(ref buffer, type, result.IsCompleted, out T? document))
                    yield return document!;
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                    yield break;
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static bool TryTake<T>(ref ReadOnlySequence<byte> buffer, JsonTypeInfo<T> type, bool isLast, out T? document)
    {
        document = default;
        var json = new Utf8JsonReader(buffer, isLast, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        if (!json.Read() || !json.TrySkip())
            return false;
        SequencePosition end = json.Position;
        var whole = new Utf8JsonReader(buffer.Slice(buffer.Start, end));
        document = JsonSerializer.Deserialize(ref whole, type);
        buffer = buffer.Slice(end);
        return true;
    }
}
