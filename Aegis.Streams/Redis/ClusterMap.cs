namespace Aegis.Streams.Redis;

/// <summary>Which master has which slot, as one node told it; at first nothing is known.</summary>
internal sealed class ClusterMap
{
    private readonly RedisAddress?[] _masters = new RedisAddress?[HashSlot.Count];

    /// <summary>All nodes, replicas too.</summary>
    public HashSet<RedisAddress> Nodes { get; } = [];

    /// <summary>The master of a slot; null where none is known.</summary>
    public RedisAddress? MasterOf(int slot) => _masters[slot];

    /// <summary>Learns from a MOVED.</summary>
    public void Move(int slot, RedisAddress master) => _masters[slot] = master;

    /// <summary>Reads the answer to <c>CLUSTER SLOTS</c>: <c>[[first, last, [host, port, id, ...], replica, ...], ...]</c>.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="asked">Who sent it; takes the place of a host left out.</param>
    /// <exception cref="RedisProtocolException">It has another shape.</exception>
    public static ClusterMap Parse(RespValue reply, RedisAddress asked)
    {
        var map = new ClusterMap();
        foreach (var range in reply.Items)
        {
            if (range.Items is not [var first, var last, var master, ..] || first.Integer < 0 || last.Integer >= HashSlot.Count || first.Integer > last.Integer)
            {
                throw new RedisProtocolException("CLUSTER SLOTS answered something else than ranges of slots with their nodes.");
            }

            Array.Fill(map._masters, ReadNode(master, asked), (int)first.Integer, (int)(last.Integer - first.Integer + 1));
            map.Nodes.UnionWith(range.Items.Skip(2).Select(node => ReadNode(node, asked)));
        }

        return map;
    }

    private static RedisAddress ReadNode(RespValue node, RedisAddress asked)
    {
        if (node.Items is not [var host, var port, ..] || port.Integer is < 1 or > 65535)
        {
            throw new RedisProtocolException("CLUSTER SLOTS named a node without an address.");
        }

        return new RedisAddress(host.Text.Length == 0 || host.Text == "?" ? asked.Host : host.Text, (int)port.Integer);
    }
}
