using System.Buffers;
using System.Text;
using Aegis.Core.Numerics;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams;

/// <summary>Nothing that a server sends makes scanner, cursor or reader do anything but read it, wait for more, or refuse it, at a cost in proportion to its bytes.</summary>
public sealed class RespFuzzTests
{
    private const ulong Seed = 20_261_123;

    private static readonly byte[][] Replies = [.. new[]
    {
        "*2\r\n$8\r\naegis:tx\r\n*1\r\n*2\r\n$15\r\n1700000000000-1\r\n*2\r\n$1\r\nb\r\n$6\r\nabcdef\r\n",
        "%1\r\n$8\r\naegis:tx\r\n*1\r\n*2\r\n$15\r\n1700000000000-1\r\n*2\r\n$1\r\nb\r\n$6\r\nabcdef\r\n",
        "*3\r\n*3\r\n:0\r\n:5460\r\n*3\r\n$9\r\n127.0.0.1\r\n:7000\r\n$2\r\nid\r\n$-1\r\n_\r\n",
        "%3\r\n+mode\r\n+cluster\r\n$5\r\nproto\r\n:3\r\n$7\r\nmodules\r\n*0\r\n",
        "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*2\r\n:1\r\n:2\r\n",
        "~2\r\n#t\r\n,3.14\r\n", "=7\r\ntxt:abc\r\n", "!5\r\nERR a\r\n", ">2\r\n+a\r\n+b\r\n", "(123456789012345678901234567890\r\n",
        "-MOVED 3999 127.0.0.1:6381\r\n", "-ASK 3999 :6381\r\n", "+OK\r\n", ":42\r\n", "$0\r\n\r\n", "*-1\r\n",
    }.Select(Encoding.ASCII.GetBytes)];

    private static readonly byte[] Telling = [.. "+-:$*_#,(!=%~>0123456789\r\n"u8];

    private enum Outcome
    {
        Value,
        NeedsMore,
        Refused,
    }

    [Fact]
    public void Read_OfMutatedRepliesInRandomPieces_ReadsWaitsOrRefuses()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("AEGIS_FUZZ_COUNT") ?? "300000");
        var random = new SeededRandom(Seed);
        var outcomes = new int[3];
        for (var round = 0; round < count; round++)
        {
            var bytes = Mutated(ref random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                outcomes[(int)Run(bytes, ref random)]++;
            }
            catch (Exception e) when (e is not RedisProtocolException)
            {
                Assert.Fail($"seed {Seed}, round {round}, '{Shown(bytes)}': {e}");
            }

            // The pieces and an exception with its text take some of it; a value takes 24 bytes and its object for each three bytes at most.
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 16_384 + (64 * bytes.Length), $"seed {Seed}, round {round}, '{Shown(bytes)}': {allocated} bytes allocated for {bytes.Length}");
        }

        Assert.All(outcomes, outcome => Assert.True(outcome > count / 20, $"seed {Seed}: outcomes {string.Join(", ", outcomes)}"));
    }

    /// <summary>As a connection reads: scan what has arrived, and read each reply that is whole. What is not is given to the cursor too, which has to refuse it.</summary>
    private static Outcome Run(byte[] bytes, ref SeededRandom random)
    {
        var scanner = new RespScanner();
        var outcome = Outcome.NeedsMore;
        var begin = 0;
        try
        {
            for (var end = 0; end < bytes.Length;)
            {
                end += 1 + random.NextInt(Math.Min(bytes.Length - end, 40));
                while (scanner.TryFindEnd(Sequence(bytes, begin, end, ref random), out var length))
                {
                    Read(bytes.AsSpan(begin, (int)length));
                    begin += (int)length;
                    outcome = Outcome.Value;
                }
            }
        }
        catch (RedisProtocolException)
        {
            return Outcome.Refused;
        }

        if (begin < bytes.Length)
        {
            var rest = bytes[begin..];
            Assert.Throws<RedisProtocolException>(() => new RespCursor(rest).ReadValue());
            Assert.Throws<RedisProtocolException>(() => new RespCursor(rest).SkipValue());
        }

        return outcome;
    }

    private static void Read(ReadOnlySpan<byte> reply)
    {
        var skipping = new RespCursor(reply);
        skipping.SkipValue();
        Assert.True(skipping.IsAtEnd);
        var reading = new RespCursor(reply);
        Redirection.Of(reading.ReadValue(), new RedisAddress("localhost", 1));
        Assert.True(reading.IsAtEnd);
        Walk(new RespCursor(reply));
    }

    /// <summary>As the reader of a shard walks.</summary>
    private static void Walk(RespCursor cursor)
    {
        try
        {
            for (var streams = cursor.ReadPairsHeader(); streams > 0; streams--)
            {
                cursor.EnterPair();
                cursor.ReadBulk();
                for (var entries = cursor.ReadArrayHeader(); entries > 0; entries--)
                {
                    cursor.ReadArrayHeader();
                    cursor.ReadBulk();
                    cursor.SkipValue();
                }
            }
        }
        catch (RedisProtocolException)
        {
            // Another shape than that of XREAD.
        }
    }

    private static ReadOnlySequence<byte> Sequence(byte[] bytes, int begin, int end, ref SeededRandom random)
    {
        var cut = begin + random.NextInt(end - begin + 1);
        var first = new Segment(bytes.AsMemory(begin, cut - begin));
        var last = first.Append(bytes.AsMemory(cut, end - cut));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private static byte[] Mutated(ref SeededRandom random)
    {
        if (random.NextInt(20) == 0)
        {
            var noise = new byte[random.NextInt(60)];
            for (var i = 0; i < noise.Length; i++)
            {
                noise[i] = Any(ref random);
            }

            return noise;
        }

        byte[] bytes = [.. Replies[random.NextInt(Replies.Length)], .. random.NextInt(4) == 0 ? Replies[random.NextInt(Replies.Length)] : []];
        for (var hits = random.NextInt(4); hits > 0; hits--)
        {
            bytes[random.NextInt(bytes.Length)] = Any(ref random);
        }

        return random.NextInt(3) == 0 ? bytes[..random.NextInt(bytes.Length + 1)] : bytes;
    }

    private static byte Any(ref SeededRandom random) => random.NextInt(2) == 0 ? Telling[random.NextInt(Telling.Length)] : (byte)random.NextInt(256);

    private static string Shown(byte[] bytes) => Convert.ToHexString(bytes);

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long before = 0)
        {
            Memory = memory;
            RunningIndex = before;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
