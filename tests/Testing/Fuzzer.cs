using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Argosy.Testing;

/// <summary>
/// Feeds a parser with inputs that are nearly right: seeds, changed at random. Each run of the tests tries the same inputs, so that
/// a change never fails for what it did not touch; <c>make fuzz</c> takes another ARGOSY_FUZZ_SEED each time, and ARGOSY_FUZZ_FACTOR
/// times as many.
/// </summary>
public sealed class Fuzzer
{
    /// <summary>No input is worth longer than this: a parser that takes longer hangs, or is quadratic.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Random random;
    private readonly byte[][] seeds;
    private readonly byte[][] tokens;

    /// <param name="seeds">Right inputs, and interesting wrong ones.</param>
    /// <param name="tokens">Words of the language, which random bytes would never hit.</param>
    public Fuzzer(IEnumerable<byte[]> seeds, IEnumerable<string> tokens)
    {
        Seed = int.Parse(Environment.GetEnvironmentVariable("ARGOSY_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);
        random = new Random(Seed);
        this.seeds = [.. seeds];
        this.tokens = [.. tokens.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Repeats the run.</summary>
    public int Seed { get; }

    /// <summary>How many inputs there were.</summary>
    public int Count { get; private set; }

    /// <summary>Tries so many inputs.</summary>
    /// <param name="inputs">Times ARGOSY_FUZZ_FACTOR.</param>
    /// <param name="target">Throws what it may not; what it may throw it catches.</param>
    /// <param name="mend">Makes an input right again where nothing wrong would ever get further (checksums).</param>
    /// <exception cref="InvalidOperationException">The target failed; says the seed, and has the input in hexadecimal digits.</exception>
    public void Run(int inputs, Action<byte[]> target, Action<byte[]>? mend = null)
    {
        long total = inputs * long.Parse(Environment.GetEnvironmentVariable("ARGOSY_FUZZ_FACTOR") ?? "1", CultureInfo.InvariantCulture);
        var clock = Stopwatch.StartNew();
        while (Count < total)
        {
            byte[] input = Count < seeds.Length ? seeds[Count] : Mutate();
            if (Count >= seeds.Length)
                mend?.Invoke(input);
            TimeSpan began = clock.Elapsed;
            try
            {
                target(input);
            }
            catch (Exception exception)
            {
                throw Failure(input, exception.Message, exception);
            }
            if (clock.Elapsed - began > Patience)
                throw Failure(input, $"took {(clock.Elapsed - began).TotalSeconds:0} s", null);
            Count++;
        }
    }

    private InvalidOperationException Failure(byte[] input, string reason, Exception? inner) =>
        new($"ARGOSY_FUZZ_SEED={Seed}, input {Count}: {reason}\n{Convert.ToHexString(input)}", inner);

    private byte[] Mutate()
    {
        List<byte> input = [.. seeds[random.Next(seeds.Length)]];
        for (int changes = 1 + random.Next(6); changes > 0; changes--)
            Change(input);
        return [.. input];
    }

    private void Change(List<byte> input)
    {
        int at = random.Next(input.Count + 1);
        int length = Math.Min(random.Next(1, random.Next(2, 64)), input.Count - at);
        switch (random.Next(8))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = Boundary();
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 4:
                byte[] other = seeds[random.Next(seeds.Length)];
                int from = random.Next(other.Length);
                input.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 600))]);
                break;
            case 5 when tokens.Length > 0:
                input.InsertRange(at, tokens[random.Next(tokens.Length)]);
                break;
            case 6 when tokens.Length > 0:
                byte[] token = tokens[random.Next(tokens.Length)];
                for (int i = 0; i < token.Length && at + i < input.Count; i++)
                    input[at + i] = token[i];
                break;
            case 7 when random.Next(4) == 0:
                input.RemoveRange(at, input.Count - at);
                break;
            default:
                input.Insert(at, (byte)random.Next(256));
                break;
        }
    }

    private byte Boundary() => random.Next(6) switch { 0 => 0, 1 => 0xff, 2 => 0x7f, 3 => 0x80, 4 => (byte)'/', _ => (byte)random.Next(256) };
}
