using System.Text.Json.Serialization;
using Argosy.Store;

namespace Argosy.Store.Tests;

public sealed record Thing(string Name, int Count);

[JsonSerializable(typeof(Thing))]
internal sealed partial class ThingJson : JsonSerializerContext;

public sealed class StateStoreTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("argosy-store-").FullName;

    private string Database => Path.Combine(directory, "state.db");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task What_was_acknowledged_is_there_after_reopening()
    {
        await using (StateStore store = StateStore.Open(Database))
        {
            Collection<Thing> things = store.Collection("thing", ThingJson.Default.Thing);
            await Task.WhenAll(Enumerable.Range(0, 500).Select(i => things.PutAsync($"t{i}", new Thing("n", i))));
            await things.DeleteAsync("t7");
        }
        await using StateStore again = StateStore.Open(Database);
        Collection<Thing> reread = again.Collection("thing", ThingJson.Default.Thing);
        Assert.Equal(499, reread.Count);
        Assert.False(reread.TryGet("t7", out _));
        Assert.True(reread.TryGet("t9", out Thing? nine));
        Assert.Equal(9, nine.Count);
    }

    [Fact]
    public async Task A_change_is_invisible_until_it_is_committed()
    {
        await using StateStore store = StateStore.Open(Database);
        Collection<Thing> things = store.Collection("thing", ThingJson.Default.Thing);
        Change change = things.Put("a", new Thing("a", 1));
        Assert.False(things.TryGet("a", out _));
        await store.CommitAsync(change);
        Assert.True(things.TryGet("a", out _));
    }
}
