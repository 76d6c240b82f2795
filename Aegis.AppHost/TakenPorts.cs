namespace Aegis.AppHost;

/// <summary>Checks before any resource starts whether the run's ports are free.</summary>
internal static class TakenPorts
{
    /// <exception cref="DistributedApplicationException">A port is taken; the text names the port and its holder.</exception>
    public static void Refuse(UpOptions up)
    {
        var taken = up.Ports.Select(wanted => (wanted.Name, wanted.Port, Holder: PortHolder.Find(wanted.Port)))
            .Where(wanted => wanted.Holder is not null).ToList();
        if (taken.Count > 0)
        {
            throw new DistributedApplicationException(
                string.Join(" ", taken.Select(wanted => $"Port {wanted.Port} for '{wanted.Name}' is taken by {wanted.Holder}."))
                    + " Stop it, or move all ports with --port-base.");
        }
    }
}
