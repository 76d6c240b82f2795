using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;

namespace Aegis.Streams.Redis;

/// <summary>
/// One connection: requests go out in order, replies come back in order, many may be under way. Ends for good with the first fault, or where a reply is overdue;
/// then every request under way fails, once.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private const int FlushSize = 64 << 10;
    private const int ReadSize = 256 << 10;
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(100);

    private readonly RedisAddress _address;
    private readonly TimeProvider _time;
    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly PipeWriter _writer;
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _running;

    // Callers put requests into the first queue; the write loop alone moves them to the second, from which the read loop alone takes them.
    private readonly ConcurrentQueue<RedisRequest> _outgoing = new();
    private readonly ConcurrentQueue<RedisRequest> _pending = new();
    private readonly SemaphoreSlim _wake = new(0);
    private int _isAwake = 1;
    private Exception? _fault;
    private volatile bool _hasEnded;

    /// <param name="address">The server, for error texts.</param>
    /// <param name="stream">Connected; this connection owns it.</param>
    /// <param name="time">Measures deadlines.</param>
    public RedisConnection(RedisAddress address, Stream stream, TimeProvider time)
    {
        _address = address;
        _time = time;
        _stream = stream;
        _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadSize, minimumReadSize: 16 << 10, leaveOpen: true));
        _writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: FlushSize, leaveOpen: true));
        _running = RunAsync();
    }

    /// <summary>False once it has ended or is about to.</summary>
    public bool IsOpen => Volatile.Read(ref _fault) is null;

    /// <summary>True where the server said that it is a node of a cluster.</summary>
    public bool IsClusterNode { get; set; }

    /// <summary>Sends a request, which is answered or fails in any case.</summary>
    public void Send(RedisRequest request)
    {
        _outgoing.Enqueue(request);
        if (Interlocked.Exchange(ref _isAwake, 1) == 0)
        {
            _wake.Release();
        }

        if (_hasEnded)
        {
            FailAll();
        }
    }

    /// <summary>Closes it; requests under way fail.</summary>
    public async ValueTask DisposeAsync()
    {
        Break(new ObjectDisposedException(nameof(RedisConnection)));
        await _running;
    }

    private async Task RunAsync()
    {
        Task[] loops = [Task.Run(ReadAsync), Task.Run(WriteAsync), Task.Run(WatchAsync)];
        var first = await Task.WhenAny(loops);
        Break(first.Exception?.InnerException ?? new IOException("it was closed"));

        // However a loop ended, it ended the connection; which fault came first is kept.
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _reader.CompleteAsync();
        await _writer.CompleteAsync(_fault);
        await _stream.DisposeAsync();
        _hasEnded = true;

        // A caller either sees that it has ended, or its request is seen here.
        Interlocked.MemoryBarrier();
        FailAll();
    }

    private void Break(Exception fault)
    {
        if (Interlocked.CompareExchange(ref _fault, fault, null) is null)
        {
            _closed.Cancel();
        }
    }

    /// <summary>Writes what has gathered while the last flush was under way: pipelining without waiting for it.</summary>
    private async Task WriteAsync()
    {
        while (true)
        {
            while (_outgoing.TryDequeue(out var request))
            {
                _pending.Enqueue(request);
                request.WriteTo(_writer);
                if (_writer.UnflushedBytes >= FlushSize)
                {
                    await _writer.FlushAsync(_closed.Token);
                }
            }

            if (_writer.UnflushedBytes > 0)
            {
                await _writer.FlushAsync(_closed.Token);
                continue;
            }

            // Who enqueues from here on finds it asleep and wakes it; who enqueued just before is found by the second look.
            Interlocked.Exchange(ref _isAwake, 0);
            if (_outgoing.IsEmpty || Interlocked.Exchange(ref _isAwake, 1) != 0)
            {
                await _wake.WaitAsync(_closed.Token);
            }
        }
    }

    private async Task ReadAsync()
    {
        var scanner = new RespScanner();
        while (true)
        {
            var result = await _reader.ReadAsync(_closed.Token);
            var buffer = result.Buffer;
            while (scanner.TryFindEnd(buffer, out var length))
            {
                Answer(buffer.Slice(0, length));
                buffer = buffer.Slice(length);
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                throw new IOException(buffer.IsEmpty ? "the server closed it" : "the server closed it in the middle of a reply");
            }
        }
    }

    private void Answer(in ReadOnlySequence<byte> reply)
    {
        var type = reply.FirstSpan[0];
        if (type == (byte)'>')
        {
            // Push messages answer no command; this client asks for none.
            return;
        }

        if (!_pending.TryPeek(out var request))
        {
            throw new RedisProtocolException("The server sent a reply to no command.");
        }

        var isWantedRaw = request.IsRaw && type is not ((byte)'-' or (byte)'!');
        if (request.Take(isWantedRaw ? RespValue.OfRaw(ReplyBuffer.Copy(reply)) : Decode(reply)))
        {
            _pending.TryDequeue(out _);
        }
    }

    private static RespValue Decode(in ReadOnlySequence<byte> reply)
    {
        if (reply.IsSingleSegment)
        {
            return new RespCursor(reply.FirstSpan).ReadValue();
        }

        using var copy = ReplyBuffer.Copy(reply);
        return new RespCursor(copy.Bytes.Span).ReadValue();
    }

    /// <summary>Ends the connection where the oldest request has waited too long: replies come in order, so no later one will be answered either.</summary>
    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(WatchPeriod, _time);
        while (await timer.WaitForNextTickAsync(_closed.Token))
        {
            if (_pending.TryPeek(out var oldest) && _time.GetTimestamp() > oldest.Deadline)
            {
                throw new TimeoutException("the server did not answer in time");
            }
        }
    }

    private void FailAll()
    {
        while (_pending.TryDequeue(out var request))
        {
            request.Fail(Unavailable(mayHaveRun: true));
        }

        while (_outgoing.TryDequeue(out var request))
        {
            request.Fail(Unavailable(mayHaveRun: false));
        }
    }

    private RedisUnavailableException Unavailable(bool mayHaveRun) =>
        new($"The connection to Redis at {_address} broke: {_fault!.Message}", _fault) { MayHaveRun = mayHaveRun };
}
