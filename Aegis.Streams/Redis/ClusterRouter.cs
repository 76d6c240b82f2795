using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Aegis.Streams.Redis;

/// <summary>
/// Takes each command of a batch to the node that has its slot, and again where the cluster says that it did not run there. What may have run is never repeated.
/// </summary>
internal sealed class ClusterRouter(RedisEndpoint endpoint, TimeSpan timeout, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const int RedirectionsWithoutPause = 3;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MapTimeout = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<RedisAddress, RedisNode> _nodes = new();
    private readonly Lock _refreshing = new();
    private volatile ClusterMap _map = new();
    private Task? _refresh;

    /// <summary>The node to begin with.</summary>
    public RedisNode Seed => Node(endpoint.Seeds[0]);

    /// <summary>Runs a batch; replies come in its order, errors are left in them.</summary>
    /// <param name="commands">At least one.</param>
    /// <param name="block">How long they may block on the server.</param>
    /// <param name="isRaw">True for replies as they come.</param>
    /// <param name="wait">A <c>WAIT</c> to run on each node after the commands; null for none.</param>
    /// <param name="cancel">Stops waiting for replies.</param>
    /// <returns>The replies, and those of <c>WAIT</c>.</returns>
    public async Task<(RespValue[] Replies, IReadOnlyCollection<RespValue> Waits)> ExecuteAsync(
        IReadOnlyList<RedisCommand> commands, TimeSpan block, bool isRaw, RedisCommand? wait, CancellationToken cancel)
    {
        var batch = new Batch(commands, new RespValue[commands.Count], block, isRaw, wait, []);
        var open = RoutedUnit.Split(commands);
        var all = open.Count;
        var started = time.GetTimestamp();
        for (var round = 1; ; round++)
        {
            var left = await Task.WhenAll(open.GroupBy(unit => (Address: unit.Ask ?? MasterOf(unit.Slot), IsAsk: unit.Ask is not null))
                .Select(group => SendAsync(batch, group.Key.Address, group.Key.IsAsk, [.. group], cancel)));
            open = [.. left.SelectMany(units => units).OrderBy(unit => unit.First)];
            if (open.Count == 0)
            {
                return (batch.Replies, batch.Waits);
            }

            if (time.GetElapsedTime(started) > timeout + block)
            {
                throw new RedisUnavailableException($"The Redis cluster did not take a command within {timeout.TotalSeconds:N0} s: {open[0].Reason}") { MayHaveRun = open.Count < all };
            }

            await PrepareAsync(open, round, cancel);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values)
        {
            await node.DisposeAsync();
        }
    }

    private RedisNode Node(RedisAddress address) => _nodes.GetOrAdd(address, static (address, of) => new RedisNode(address, of.endpoint, of.timeout, of.time, of.logger), (endpoint, timeout, time, logger));

    private RedisAddress? MasterOf(int? slot) => slot is { } known
        ? _map.MasterOf(known)
        : Candidates().Cast<RedisAddress?>().FirstOrDefault();

    /// <summary>Nodes to put a question to that any of them can answer, those connected to first.</summary>
    private IEnumerable<RedisAddress> Candidates() => _map.Nodes.Concat(endpoint.Seeds).Distinct().OrderBy(address => _nodes.TryGetValue(address, out var node) && node.IsConnected ? 0 : 1);

    /// <summary>Before the next round: learns where slots are now, at growing intervals.</summary>
    private async Task PrepareAsync(List<RoutedUnit> open, int round, CancellationToken cancel)
    {
        if (round <= RedirectionsWithoutPause && open.All(unit => unit.Ask is not null))
        {
            return;
        }

        if (round > 1)
        {
            var pause = ShortestPause * Math.Pow(2, Math.Min(round - 2, 10));
            await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancel);
        }

        await RefreshAsync().WaitAsync(cancel);
    }

    /// <returns>The units that surely did not run.</returns>
    private async Task<IReadOnlyList<RoutedUnit>> SendAsync(Batch batch, RedisAddress? target, bool isAsk, List<RoutedUnit> units, CancellationToken cancel)
    {
        if (target is not { } address)
        {
            units.ForEach(unit => unit.Reason = $"no node is known for slot {unit.Slot}");
            return units;
        }

        try
        {
            var connection = await Node(address).ConnectAsync(waitsForPause: false, cancel);
            var request = new BatchRequest([.. units.SelectMany(unit => CommandsOf(batch, unit, isAsk)), .. batch.Wait is { } wait ? [wait] : Array.Empty<RedisCommand>()], Deadline(batch.Block), batch.IsRaw);
            connection.Send(request);
            return Distribute(batch, address, isAsk, units, await request.Replies.WaitAsync(cancel));
        }
        catch (RedisUnavailableException e) when (!e.MayHaveRun)
        {
            foreach (var unit in units)
            {
                (unit.Ask, unit.Reason) = (null, e.Message);
            }

            return units;
        }
        catch (RedisUnavailableException)
        {
            // This batch cannot be repeated, but the next one shall find the new master.
            _ = RefreshAsync();
            throw;
        }
    }

    private static IEnumerable<RedisCommand> CommandsOf(Batch batch, RoutedUnit unit, bool isAsk) =>
        (isAsk ? [new RedisCommand("ASKING")] : Array.Empty<RedisCommand>()).Concat(batch.Commands.Skip(unit.First).Take(unit.Count));

    private List<RoutedUnit> Distribute(Batch batch, RedisAddress address, bool isAsk, List<RoutedUnit> units, RespValue[] replies)
    {
        var redirected = new List<RoutedUnit>();
        var at = 0;
        foreach (var unit in units)
        {
            if (isAsk)
            {
                replies[at++].Raw?.Dispose();
            }

            var own = replies.AsSpan(at, unit.Count);
            at += unit.Count;
            if (IsRedirected(unit, own, address))
            {
                redirected.Add(unit);
            }
            else
            {
                own.CopyTo(batch.Replies.AsSpan(unit.First));
            }
        }

        if (batch.Wait is not null && redirected.Count < units.Count)
        {
            batch.Waits.Add(replies[at]);
        }

        return redirected;
    }

    /// <summary>True where none of the unit's commands ran; then it knows where to go next. A MULTI block does not run where one of its commands was refused.</summary>
    private bool IsRedirected(RoutedUnit unit, ReadOnlySpan<RespValue> replies, RedisAddress address)
    {
        foreach (var reply in replies)
        {
            var redirection = Redirection.Of(reply, address);
            if (redirection.Kind == RedirectionKind.None)
            {
                continue;
            }

            unit.Reason = reply.Text;
            unit.Ask = redirection.Kind == RedirectionKind.Ask ? redirection.Address : null;
            if (redirection.Kind == RedirectionKind.Moved)
            {
                _map.Move(redirection.Slot, redirection.Address);
            }

            return true;
        }

        return false;
    }

    private long Deadline(TimeSpan block) => time.GetTimestamp() + (long)((timeout + block).TotalSeconds * time.TimestampFrequency);

    /// <summary>Asks for the map once for all who want it now.</summary>
    private Task RefreshAsync()
    {
        lock (_refreshing)
        {
            return _refresh is { IsCompleted: false } running ? running : _refresh = Task.Run(LoadMapAsync);
        }
    }

    /// <summary>Asks one node after the other; the old map stays where none answers.</summary>
    /// <exception cref="RedisErrorException">They refuse the login.</exception>
    private async Task LoadMapAsync()
    {
        RedisErrorException? refused = null;
        foreach (var address in Candidates().ToArray())
        {
            using var limit = new CancellationTokenSource(MapTimeout, time);
            try
            {
                var connection = await Node(address).ConnectAsync(waitsForPause: false, limit.Token);
                var request = new SingleRequest(new RedisCommand("CLUSTER", "SLOTS"), Deadline(TimeSpan.Zero));
                connection.Send(request);
                var map = ClusterMap.Parse(RedisClient.Checked(await request.Reply.WaitAsync(limit.Token)), address);
                if (map.Nodes.Count > 0)
                {
                    _map = map;
                    return;
                }
            }
            catch (RedisErrorException e)
            {
                refused = e;
            }
            catch (Exception e) when (e is RedisUnavailableException or RedisProtocolException || (e is OperationCanceledException && limit.IsCancellationRequested))
            {
                // The next one may answer.
            }
        }

        if (refused is not null)
        {
            throw refused;
        }
    }

    private sealed record Batch(IReadOnlyList<RedisCommand> Commands, RespValue[] Replies, TimeSpan Block, bool IsRaw, RedisCommand? Wait, ConcurrentBag<RespValue> Waits);
}
