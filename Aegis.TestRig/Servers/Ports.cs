using System.Net;
using System.Net.Sockets;

namespace Aegis.TestRig.Servers;

/// <summary>TCP ports of loopback, below the range from which the system takes ports of outgoing connections.</summary>
/// <remarks>A server that is killed and started again finds its port free. Each port is given out once. The UDP port of
/// the same number stays bound until this process ends, which tells other test runs to leave the port alone.</remarks>
internal static class Ports
{
    private const int Lowest = 20_000;
    private const int Highest = 31_999;

    private static readonly Lock Turn = new();
    private static readonly List<Socket> Reserved = [];
    private static int _next = Lowest + (Environment.ProcessId * 97 % (Highest - Lowest));

    /// <summary>The first of a number of consecutive ports that are free now.</summary>
    public static int Free(int count = 1)
    {
        lock (Turn)
        {
            while (true)
            {
                if (_next + count > Highest)
                {
                    _next = Lowest;
                }

                var first = _next;
                _next += count;
                if (TryReserve(first, count))
                {
                    return first;
                }
            }
        }
    }

    private static bool TryReserve(int first, int count)
    {
        var twins = new List<Socket>();
        try
        {
            for (var port = first; port < first + count; port++)
            {
                var twin = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                twins.Add(twin);
                twin.Bind(new IPEndPoint(IPAddress.Loopback, port));
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
            }

            Reserved.AddRange(twins);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            twins.ForEach(twin => twin.Dispose());
            return false;
        }
    }
}
