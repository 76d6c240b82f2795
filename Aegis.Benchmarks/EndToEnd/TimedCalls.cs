using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using Aegis.TestRig.Servers;
using RedisKey = StackExchange.Redis.RedisKey;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>Calls of one kind and their latencies.</summary>
/// <param name="count">Number of calls.</param>
internal abstract class TimedCalls(int count)
{
    /// <summary>Milliseconds from due to answered, by call; NaN without an answer.</summary>
    public double[] Latencies { get; } = [.. Enumerable.Repeat(double.NaN, count)];

    /// <summary>Sends one call and records its latency.</summary>
    /// <param name="number">The call's number, from 0.</param>
    /// <param name="due">The moment it was due (<see cref="Stopwatch"/> timestamp).</param>
    public abstract Task SendAsync(int number, long due);
}

/// <summary>POST /decisions, until the decision is read.</summary>
internal sealed class HttpCalls(HttpClient http, List<Transaction> payments) : TimedCalls(payments.Count)
{
    private readonly List<byte[]> _bodies = [.. payments.Select(
        payment => JsonSerializer.SerializeToUtf8Bytes(TransactionRequest.Of(payment), AegisJson.Options))];

    /// <inheritdoc/>
    public override async Task SendAsync(int number, long due)
    {
        using var content = new ByteArrayContent(_bodies[number])
            { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        try
        {
            using var response = await http.PostAsync(new Uri("/decisions", UriKind.Relative), content);
            Latencies[number] = response.IsSuccessStatusCode ? Stopwatch.GetElapsedTime(due).TotalMilliseconds : double.NaN;
        }
        catch (HttpRequestException)
        {
            // The latency stays NaN, so the call counts as failed.
        }
    }
}

/// <summary>Appends to the log with a reply stream, until the decision is read from that stream.</summary>
internal sealed class StreamCalls : TimedCalls, IAsyncDisposable
{
    private const int ShardCount = 16;
    private const string ReplyStream = "aegis:replies:bench";
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);
    private readonly RedisClient _appending;
    private readonly RedisClient _reading;
    private readonly TransactionLog _log;
    private readonly List<Transaction> _payments;
    private readonly Dictionary<string, int> _numbers;
    private readonly long[] _dues;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _replies;

    public StreamCalls(PrivateRedis redis, List<Transaction> payments)
        : base(payments.Count)
    {
        (_appending, _reading, _payments, _dues) = (redis.Client(), redis.Client(), payments, new long[payments.Count]);
        _log = new TransactionLog(_appending, ShardCount);
        _numbers = payments.Select((payment, number) => (payment.Id, number)).ToDictionary(pair => pair.Id, pair => pair.number);
        _replies = Task.Run(ReadAsync);
    }

    /// <summary>The entry that a call appends.</summary>
    public static LogMessage Message(Transaction payment) =>
        new([payment], IsHistory: false, TimeProvider.System.GetUtcNow(), TraceParent: null, ReplyStream);

    /// <inheritdoc/>
    public override async Task SendAsync(int number, long due)
    {
        _dues[number] = due;
        await _log.AppendAsync(Message(_payments[number]), CancellationToken.None);
    }

    /// <summary>Waits for the outstanding decisions, for at most 10 s.</summary>
    public Task AnsweredAsync()
    {
        _ending.CancelAfter(AnswerLimit);
        return _replies;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _replies;
        _ending.Dispose();
        await _appending.DisposeAsync();
        await _reading.DisposeAsync();
    }

    private async Task ReadAsync()
    {
        var after = "0";
        for (var answers = 0; answers < Latencies.Length && !_ending.IsCancellationRequested;)
        {
            var reply = await _reading.ExecuteAsync(
                new RedisCommand("XREAD", "COUNT", 500, "BLOCK", 500, "STREAMS", (RedisKey)ReplyStream, after), CancellationToken.None);
            var now = Stopwatch.GetTimestamp();
            foreach (var entry in reply.Pairs().SelectMany(stream => stream.Value.Items()))
            {
                after = entry[0].Text();
                using var message = JsonDocument.Parse(entry[1][1].Bytes());
                var number = _numbers[message.RootElement.GetProperty("decision").GetProperty("transaction").GetProperty("id")
                    .GetString()!];
                Latencies[number] = Stopwatch.GetElapsedTime(_dues[number], now).TotalMilliseconds;
                answers++;
            }
        }
    }
}

/// <summary>The same appends to a stream that nobody reads, until redis-server has written them to disk.</summary>
internal sealed class FloorCalls(PrivateRedis redis, List<Transaction> payments) : TimedCalls(payments.Count), IAsyncDisposable
{
    private static readonly RedisKey Stream = "bench:floor";
    private readonly RedisClient _redis = redis.Client();

    /// <inheritdoc/>
    public override async Task SendAsync(int number, long due)
    {
        await _redis.ExecuteAsync(
            new RedisCommand("XADD", Stream, "*", MessageCodec.BinaryField, MessageCodec.Encode(StreamCalls.Message(payments[number]))),
            CancellationToken.None);
        Latencies[number] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _redis.DisposeAsync();
}
