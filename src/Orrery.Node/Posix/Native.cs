using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Orrery.Node.Posix;

/// <summary>The system calls that .NET has no name for. Numbers are Linux's on x86-64 and arm64.</summary>
internal static partial class Native
{
    private const string C = "libc";

    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int NoCtty = 0x100;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    /// <summary>O_DIRECTORY, which differs between processors.</summary>
    public static readonly int Directory = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;

    public const int SigHup = 1;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    public const int WouldBlock = 11;
    public const int NoDevice = 6;
    public const int Invalid = 22;

    [LibraryImport(C, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags, int mode = 0);

    [LibraryImport(C, EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeFifo(string path, uint mode);

    [LibraryImport(C, EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeDirectory(string path, uint mode);

    [LibraryImport(C, EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport(C, EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(SafeFileHandle file);

    [LibraryImport(C, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport(C, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll([In, Out] PollEntry[] entries, nuint count, int timeoutMilliseconds);

    [LibraryImport(C, EntryPoint = "splice", SetLastError = true)]
    public static partial nint Splice(SafeFileHandle from, nint noOffset, SafeFileHandle to, ref long toOffset, nuint length, uint flags);

    [LibraryImport(C, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle from, [Out] byte[] to, nuint length);

    [LibraryImport(C, EntryPoint = "grantpt", SetLastError = true)]
    public static partial int GrantTerminal(SafeFileHandle master);

    [LibraryImport(C, EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int UnlockTerminal(SafeFileHandle master);

    [LibraryImport(C, EntryPoint = "ptsname_r", SetLastError = true)]
    public static partial int TerminalName(SafeFileHandle master, [Out] byte[] name, nuint length);

    [LibraryImport(C, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int SetWindow(SafeFileHandle master, nuint request, in WindowSize size);

    public const nuint SetWindowSize = 0x5414;
}

[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public const short Readable = 1;

    public int File;
    public short Wanted;
    public short Got;
}

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WindowSize(ushort Rows, ushort Columns, ushort Width, ushort Height);
