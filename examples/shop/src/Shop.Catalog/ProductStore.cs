using Npgsql;
using NpgsqlTypes;
using Shop.Common.Contract;
using Shop.Common.Data;

namespace Shop.Catalog;

/// <summary>Reads products and categories from the database.</summary>
internal sealed class ProductStore(NpgsqlDataSource database, TimeProvider time)
{
    private const string Columns =
        """
        SELECT p.id, p.slug, p.name, p.category, c.name, p.tagline, p.description, p.facts, p.price_cents, p.stock, p.featured
        FROM products p JOIN categories c ON c.slug = p.category
        """;

    // Whole words by the full-text index, the beginning of a word for people who type half of it.
    private const string Search =
        $"""
        {Columns}
        WHERE ($1::text IS NULL OR p.search @@ websearch_to_tsquery('english', $1) OR p.name ILIKE $2 OR p.tagline ILIKE $2)
          AND ($3::text IS NULL OR p.category = $3)
          AND ($4::int[] IS NULL OR p.id = ANY ($4))
        ORDER BY CASE WHEN $1 IS NULL THEN 0 ELSE ts_rank(p.search, websearch_to_tsquery('english', $1)) END DESC, c.position, p.id
        """;

    internal Task<IReadOnlyList<Product>> FindAsync(string? query, string? category, int[]? ids, CancellationToken cancellationToken) =>
        Transient.RetryAsync(time, async token =>
        {
            await using var command = database.CreateCommand(Search);
            command.Parameters.Add(Text(query));
            command.Parameters.Add(Text(query is null ? null : $"%{EscapeLike(query)}%"));
            command.Parameters.Add(Text(category));
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)ids ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
            return await ReadAsync(command, token);
        }, cancellationToken);

    internal async Task<Product?> FindBySlugAsync(string slug, CancellationToken cancellationToken)
    {
        var found = await Transient.RetryAsync(time, async token =>
        {
            await using var command = database.CreateCommand($"{Columns} WHERE p.slug = $1");
            command.Parameters.Add(Text(slug));
            return await ReadAsync(command, token);
        }, cancellationToken);
        return found.Count > 0 ? found[0] : null;
    }

    internal Task<IReadOnlyList<Category>> CategoriesAsync(CancellationToken cancellationToken) =>
        Transient.RetryAsync<IReadOnlyList<Category>>(time, async token =>
        {
            await using var command = database.CreateCommand(
                "SELECT c.slug, c.name, count(p.id)::int FROM categories c LEFT JOIN products p ON p.category = c.slug GROUP BY c.slug ORDER BY c.position");
            await using var row = await command.ExecuteReaderAsync(token);
            var categories = new List<Category>();
            while (await row.ReadAsync(token))
                categories.Add(new Category(row.GetString(0), row.GetString(1), row.GetInt32(2)));
            return categories;
        }, cancellationToken);

    private static async Task<IReadOnlyList<Product>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var products = new List<Product>();
        while (await row.ReadAsync(cancellationToken))
        {
            products.Add(new Product(
                row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
                row.GetString(6), row.GetFieldValue<string[]>(7), row.GetInt32(8), row.GetInt32(9), row.GetBoolean(10)));
        }
        return products;
    }

    private static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static string EscapeLike(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
