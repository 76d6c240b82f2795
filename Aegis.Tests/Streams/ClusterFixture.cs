using System.Diagnostics;
using Aegis.TestRig;
using Aegis.TestRig.Servers;

namespace Aegis.Tests.Streams;

/// <summary>A Redis Cluster on loopback: three masters, three replicas.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private const int Nodes = 6;
    private readonly string _folder = Repository.TemporaryFolder();
    private readonly int[] _ports = [.. Enumerable.Range(0, Nodes * 2).Select(_ => Ports.Free())];
    private readonly PrivateRedis?[] _nodes = new PrivateRedis?[Nodes];

    /// <summary>Two of the nodes, as seeds.</summary>
    public string Connection => $"127.0.0.1:{_ports[0]},127.0.0.1:{_ports[1]},cluster=true";

    /// <summary>One node, and not a word about a cluster.</summary>
    public string OneNode => $"127.0.0.1:{_ports[2]}";

    public async ValueTask InitializeAsync()
    {
        for (var node = 0; node < Nodes; node++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, $"{node}")).FullName;
            _nodes[node] = PrivateRedis.Launch(
                _ports[node], $"127.0.0.1:{_ports[node]}", folder,
                "--cluster-enabled", "yes", "--cluster-port", $"{_ports[Nodes + node]}", "--cluster-node-timeout", "2000", "--appendonly",
                "yes", "--repl-diskless-sync-delay", "0");
        }

        foreach (var node in _nodes)
        {
            await node!.AnswerAsync();
        }

        await CliAsync($"--cluster create {string.Join(' ', _ports[..Nodes].Select(port => $"127.0.0.1:{port}"))} --cluster-replicas 1 --cluster-yes");
        await WaitUntilHealthyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await (node?.DisposeAsync() ?? default);
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>All slots served, and each master with a replica that follows.</summary>
    internal async Task WaitUntilHealthyAsync()
    {
        for (var tries = 0; !await IsHealthyAsync(); tries++)
        {
            Assert.True(tries < 300, "the cluster did not become healthy within 60 s");
            await Task.Delay(200);
        }
    }

    /// <summary>The port of the master of a slot, as the cluster sees it.</summary>
    internal async Task<int> MasterOfAsync(int slot) =>
        (await NodesAsync()).First(
            node => node.Contains("master", StringComparison.Ordinal) && !node.Contains("fail", StringComparison.Ordinal)
            && SlotsOf(node).Any(range => slot >= range.First && slot <= range.Last)) is var line
            ? PortOf(line)
            : 0;

    internal async Task<int[]> MastersAsync() =>
        [.. (await NodesAsync()).Where(
            node => node.Contains("master", StringComparison.Ordinal) && !node.Contains("fail", StringComparison.Ordinal)
            && SlotsOf(node).Any()).Select(PortOf)];

    /// <summary>The slot of a key, as a node says it.</summary>
    internal async Task<int> SlotOfAsync(string key) => int.Parse(await CliAsync($"-p {(await MastersAsync())[0]} CLUSTER KEYSLOT {key}"));

    internal static async Task<string> IdOfAsync(int port) => (await CliAsync($"-p {port} CLUSTER MYID")).Trim();

    internal Task KillAsync(int port) => _nodes[Array.IndexOf(_ports, port)]!.KillAsync();

    internal void Restart(int port) => _nodes[Array.IndexOf(_ports, port)]!.Restart();

    internal static async Task<string> CliAsync(string arguments)
    {
        using var cli = Process.Start(
            new ProcessStartInfo("redis-cli", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = cli.StandardError.ReadToEndAsync();
        var output = await cli.StandardOutput.ReadToEndAsync();
        await cli.WaitForExitAsync();
        return cli.ExitCode == 0 ? output : throw new InvalidOperationException($"redis-cli {arguments}: {output} {await errors}");
    }

    private async Task<bool> IsHealthyAsync()
    {
        foreach (var port in _ports[..Nodes])
        {
            var state = await CliAsync($"-p {port} CLUSTER INFO");
            var replication = await CliAsync($"-p {port} INFO replication");
            var follows = replication.Contains("role:master", StringComparison.Ordinal)
                ? replication.Contains("state=online", StringComparison.Ordinal)
                : replication.Contains("master_link_status:up", StringComparison.Ordinal);
            if (!state.Contains("cluster_state:ok", StringComparison.Ordinal) || !follows)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Lines such as <c>id 127.0.0.1:7000@17000 myself,master - 0 0 1 connected 0-5460 [77->-id]</c>.</summary>
    private async Task<string[]> NodesAsync()
    {
        foreach (var port in _ports[..Nodes])
        {
            try
            {
                return (await CliAsync($"-p {port} CLUSTER NODES")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }
            catch (InvalidOperationException)
            {
                // That one is dead.
            }
        }

        throw new InvalidOperationException("no node of the cluster answers");
    }

    private static int PortOf(string node) => int.Parse(node.Split(' ')[1].Split(':')[1].Split('@')[0]);

    private static IEnumerable<(int First, int Last)> SlotsOf(string node) =>
        node.Split(' ').Skip(8).Where(range => !range.StartsWith('[')).Select(range => range.Split('-'))
            .Select(range => (int.Parse(range[0]), int.Parse(range[^1])));
}
