namespace Aegis.AppHost;

/// <summary>Looks whether the ports of a run are free before anything is started.</summary>
internal static class TakenPorts
{
    /// <exception cref="DistributedApplicationException">One is taken; the text names it and its holder.</exception>
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
