using Orrery.Cli;

return await OrreryProgram.Run(args, Terminal.Process());
