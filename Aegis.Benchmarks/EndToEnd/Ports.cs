using System.Net;
using System.Net.Sockets;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>TCP ports of loopback.</summary>
internal static class Ports
{
    private static int _last = 20_000 + (Environment.ProcessId % 100 * 100);

    /// <summary>One that is free now: below the range from which the system takes the ports of outgoing connections, and never the same one twice.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another process has it.
            }
        }
    }
}
